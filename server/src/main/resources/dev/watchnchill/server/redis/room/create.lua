-- Writes a new room, unless its id is taken. CreateScript.java documents keys, arguments and answer.
local room, chat, log, lost, texts = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local epoch, seq, lifetime = ARGV[1], ARGV[2], ARGV[3]

if redis.call('EXISTS', room) == 1 then
  return 0
end
write_room(room, chat, log, lost, epoch, seq, lifetime, 4)
redis.call('DEL', texts)
return 1
