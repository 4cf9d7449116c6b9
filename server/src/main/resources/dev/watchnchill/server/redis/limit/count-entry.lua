-- Counts one entry of an address unless it has missed too often. SharedEntryLimit.java documents
-- keys, arguments and answer.
local missesMax = tonumber(ARGV[2])
if missesMax >= 0 and tonumber(redis.call('GET', KEYS[2]) or '0') >= missesMax then
  return -1
end
local used = redis.call('INCR', KEYS[1])
-- A key without an expiry would count for ever.
if used == 1 or redis.call('PTTL', KEYS[1]) < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
end
return used
