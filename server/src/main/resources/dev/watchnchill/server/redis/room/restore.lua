-- Puts back a room that was lost, from the newest of the copies that servers have. RestoreScript.java
-- documents keys, arguments and answer.
local room, chat, log, lost, channel = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local epoch, seq = tonumber(ARGV[1]), tonumber(ARGV[2])
local new_epoch, window = ARGV[3], tonumber(ARGV[4])
local life, publish, payload = ARGV[5], ARGV[6], ARGV[7]

local now = redis.call('HMGET', room, 'epoch', 'seq')
if now[1] then
  local its_epoch, its_seq = tonumber(now[1]), tonumber(now[2])
  if its_epoch > epoch or (its_epoch == epoch and its_seq >= seq) then
    return 2
  end
end
local last = redis.call('XREVRANGE', log, '+', '-', 'COUNT', 1)[1]
if last then
  local is = {}
  for i = 1, #last[2], 2 do
    is[last[2][i]] = last[2][i + 1]
  end
  if is.x == '1' and tonumber(is.e) >= epoch then
    return 2
  end
end

local time = redis.call('TIME')
local now_ms = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local best = redis.call('HMGET', lost, 'epoch', 'seq', 'since')
local best_epoch, best_seq = tonumber(best[1] or -1), tonumber(best[2] or -1)
local since = tonumber(best[3] or now_ms)
local mine_is_best = epoch > best_epoch or (epoch == best_epoch and seq >= best_seq)
local passed = now_ms - since

if passed < window or (passed < 2 * window and not mine_is_best) then
  if mine_is_best then
    redis.call('HSET', lost, 'epoch', ARGV[1], 'seq', ARGV[2], 'since', string.format('%.0f', since))
  end
  redis.call('PEXPIRE', lost, 10 * window)
  return 1
end

-- First of all, since Redis rejects it when its memory is full, and nothing after the first change.
redis.call('HSET', lost, 'epoch', ARGV[1], 'seq', ARGV[2])
redis.call('DEL', room)
write_room(room, chat, log, lost, new_epoch, ARGV[2], life, 8)
redis.call(publish, channel, payload)
return 0
