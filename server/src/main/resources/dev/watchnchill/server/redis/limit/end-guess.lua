-- Ends one attempt to guess a room's password. SharedGuessLimit.java documents key, arguments and
-- answer.
if redis.call('HGET', KEYS[1], 'window') ~= ARGV[1] then
  return 0
end
local taken = redis.call('HINCRBY', KEYS[1], 'taken', -1)
local wrong = redis.call('HINCRBY', KEYS[1], 'wrong', ARGV[2])
if taken == 0 and wrong == 0 then
  redis.call('DEL', KEYS[1])
end
return 1
