-- Keeps a new room, unless there is one of that id. CreateScript.java documents keys, arguments and answer.
local room, chat, log, lost = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local epoch, seq, state, life, people = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local first_message = 6 + 2 * people

if redis.call('EXISTS', room) == 1 then
  return 0
end
-- First of all, since Redis refuses it when its memory is full, and nothing after the first change.
redis.call('HSET', room, 'epoch', epoch, 'seq', seq, 'state', state, 'places', people)
redis.call('DEL', chat, log, lost)
for place = 1, people do
  redis.call('HSET', room, 'm:' .. ARGV[4 + 2 * place], place .. ' ' .. ARGV[5 + 2 * place])
end
redis.call('PEXPIRE', room, life)
for i = first_message, #ARGV do
  redis.call('RPUSH', chat, ARGV[i])
end
redis.call('PEXPIRE', chat, life)
return 1
