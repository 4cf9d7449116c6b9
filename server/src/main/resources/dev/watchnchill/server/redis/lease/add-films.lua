-- Adds films to the set of an instance. InstanceFilmSet.java documents key, arguments and answer.
local life, mark, needed = ARGV[1], ARGV[2], ARGV[3]
if needed == 'films' and redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end
if needed == 'all' and redis.call('SISMEMBER', KEYS[1], mark) == 0 then
  return 0
end
redis.call('SADD', KEYS[1], unpack(ARGV, 4))
-- A key without an expiry would outlive its instance for ever.
redis.call('PEXPIRE', KEYS[1], life)
return 1
