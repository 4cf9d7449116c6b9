-- Tells what led to a revision. RecentScript.java documents keys, arguments and answer.
local log = KEYS[1]
local epoch, seq = ARGV[1], ARGV[2]

local answer = {}
local expected = seq
for _, entry in ipairs(redis.call('XREVRANGE', log, seq .. '-0', '-', 'COUNT', 128)) do
  local is = {}
  for i = 1, #entry[2], 2 do
    is[entry[2][i]] = entry[2][i + 1]
  end
  if is.e ~= epoch or string.match(entry[1], '^%d+') ~= expected then
    break
  end
  answer[#answer + 1] = is.p
  expected = is.b
end
return answer
