-- Counts one request of an address in a fixed window. SharedRequestLimit.java documents key,
-- argument and answer.
local used = redis.call('INCR', KEYS[1])
-- A key without an expiry would count for ever.
if used == 1 or redis.call('PTTL', KEYS[1]) < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
end
return used
