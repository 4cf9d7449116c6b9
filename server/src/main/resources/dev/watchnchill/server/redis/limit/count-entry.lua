-- Counts one entry of an address unless it has missed too often; SharedEntryLimit says the rest.
local missesMax = tonumber(ARGV[2])
if missesMax >= 0 and tonumber(redis.call('GET', KEYS[2]) or '0') >= missesMax then
  return -1
end
local used = redis.call('INCR', KEYS[1])
-- A key without an end would count for ever.
if used == 1 or redis.call('PTTL', KEYS[1]) < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
end
return used
