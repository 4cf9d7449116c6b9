-- Reads a whole room atomically. LoadScript.java documents keys and answer.
local room, chat = KEYS[1], KEYS[2]

local fields = redis.call('HGETALL', room)
local state = false
local members = {}
local others = {}
for i = 1, #fields, 2 do
  if fields[i] == 'state' then
    state = fields[i + 1]
  elseif string.sub(fields[i], 1, 2) == 'm:' then
    members[#members + 1] = fields[i + 1]
  else
    others[#others + 1] = fields[i]
    others[#others + 1] = fields[i + 1]
  end
end
if not state then
  return {}
end
return {state, members, redis.call('LRANGE', chat, 0, -1), others}
