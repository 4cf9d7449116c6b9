-- Reads the changes that led to a revision. RecentChangesScript.java documents keys, arguments and answer.
local log = KEYS[1]
local epoch, seq = ARGV[1], ARGV[2]

local answer = {}
local expected = seq
for _, entry in ipairs(redis.call('XREVRANGE', log, seq .. '-0', '-', 'COUNT', 128)) do
  local fields = {}
  for i = 1, #entry[2], 2 do
    fields[entry[2][i]] = entry[2][i + 1]
  end
  if fields.e ~= epoch or string.match(entry[1], '^%d+') ~= expected then
    break
  end
  answer[#answer + 1] = fields.p
  expected = fields.b
end
return answer
