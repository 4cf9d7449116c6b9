-- Reads a whole room at one moment. LoadScript.java documents keys and answer.
local room, chat = KEYS[1], KEYS[2]

local fields = redis.call('HMGET', room, 'state', 'members')
if not fields[1] or not fields[2] then
  return {}
end
local answer = redis.call('LRANGE', chat, 0, -1)
table.insert(answer, 1, fields[2])
table.insert(answer, 1, fields[1])
return answer
