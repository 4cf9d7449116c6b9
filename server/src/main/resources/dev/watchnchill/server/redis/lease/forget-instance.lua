-- Forgets a dead instance whose rooms were taken over. ForgetInstanceScript.java documents keys,
-- arguments and answer.
if redis.call('HGET', KEYS[3], ARGV[2]) ~= ARGV[1] then
  return 0
end
redis.call('ZREM', KEYS[1], ARGV[2])
redis.call('HDEL', KEYS[2], ARGV[2])
redis.call('HDEL', KEYS[3], ARGV[2])
return 1
