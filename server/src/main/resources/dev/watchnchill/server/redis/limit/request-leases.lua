-- Reports how many leases of an address an instance holds, and requests more. RequestLeasesScript.java
-- documents key, arguments and answer.
local me, held, wanted = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local max, lease = tonumber(ARGV[4]), tonumber(ARGV[5])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)

local others, last = 0, 0
local fields = redis.call('HGETALL', KEYS[1])
for i = 1, #fields, 2 do
  if fields[i] ~= me then
    local count, ends = string.match(fields[i + 1], '^(%d+):(%d+)$')
    if ends == nil or tonumber(ends) <= now then
      redis.call('HDEL', KEYS[1], fields[i])
    else
      -- After the clock was set back, a lease must not become longer than its length.
      last = math.max(last, math.min(tonumber(ends), now + lease))
      if tonumber(ends) > now + lease then
        redis.call('HSET', KEYS[1], fields[i], count .. ':' .. string.format('%d', now + lease))
      end
      others = others + tonumber(count)
    end
  end
end

local granted = math.max(0, math.min(wanted, max - others - held))
if held + granted > 0 then
  last = now + lease
  redis.call('HSET', KEYS[1], me, string.format('%d:%d', held + granted, last))
else
  redis.call('HDEL', KEYS[1], me)
end
if last > 0 then
  redis.call('PEXPIREAT', KEYS[1], string.format('%d', last))
end
return granted
