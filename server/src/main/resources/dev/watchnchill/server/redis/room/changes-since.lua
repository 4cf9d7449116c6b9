-- Reads the changes after a revision. ChangesSinceScript.java documents keys, arguments and answer.
local room, log = KEYS[1], KEYS[2]
local epoch, seq = ARGV[1], ARGV[2]

-- Changes nothing, and is rejected by a node that rejects writes.
redis.call('XADD', KEYS[3], 'NOMKSTREAM', '1-1', 'e', '0')

local now = redis.call('HMGET', room, 'epoch', 'seq')
if now[1] then
  if now[1] ~= epoch or tonumber(now[2]) < tonumber(seq) then
    return {0}
  end
  if now[2] == seq then
    return {1}
  end
end

local entries = redis.call('XRANGE', log, '(' .. seq .. '-0', '+')
local answer = {1}
local expected = seq
local ended = false
for _, entry in ipairs(entries) do
  local fields = {}
  for i = 1, #entry[2], 2 do
    fields[entry[2][i]] = entry[2][i + 1]
  end
  if fields.e ~= epoch or fields.b ~= expected then
    return {0}
  end
  expected = string.match(entry[1], '^%d+')
  ended = fields.x == '1'
  answer[#answer + 1] = fields.p
end
-- A room that does not exist was closed by the last of these changes, or has expired.
if now[1] then
  return expected == now[2] and answer or {0}
end
return ended and answer or {0}
