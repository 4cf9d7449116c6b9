-- Keeps a new room, unless there is one of that id. CreateScript.java documents keys, arguments and answer.
local room, chat, log, lost = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local epoch, seq, state, members, life = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]

if redis.call('EXISTS', room) == 1 then
  return 0
end
redis.call('DEL', chat, log, lost)
redis.call('HSET', room, 'epoch', epoch, 'seq', seq, 'state', state, 'members', members)
redis.call('PEXPIRE', room, life)
for i = 6, #ARGV do
  redis.call('RPUSH', chat, ARGV[i])
end
redis.call('PEXPIRE', chat, life)
return 1
