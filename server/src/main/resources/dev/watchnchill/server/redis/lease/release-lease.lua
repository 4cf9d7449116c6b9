-- Releases an instance's lease, so that another takes over its rooms. ReleaseLeaseScript.java documents
-- keys and argument.
local time = redis.call('TIME')
redis.call('ZADD', KEYS[1], 0, ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000))
redis.call('HDEL', KEYS[3], ARGV[1])
return 1
