-- Takes one attempt to guess a room's password, if one is left in this window. SharedGuessLimit.java
-- documents key, arguments and answer.
local length, max, checked = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local state = redis.call('HMGET', KEYS[1], 'window', 'wrong', 'taken')
local window = state[1]
local wrong, taken = tonumber(state[2] or '0'), tonumber(state[3] or '0')
if wrong + taken < max then
  if not window then
    local time = redis.call('TIME')
    window = string.format('%d', tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000))
    redis.call('HSET', KEYS[1], 'window', window)
    redis.call('PEXPIRE', KEYS[1], length)
  end
  redis.call('HINCRBY', KEYS[1], 'taken', 1)
  return tonumber(window)
end
local left = math.max(1, redis.call('PTTL', KEYS[1]))
if wrong < max then
  left = math.min(left, checked)
end
return -left
