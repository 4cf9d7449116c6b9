-- Reads the time of Redis. RedisTimeScript.java documents key and answer.
return redis.call('TIME')
