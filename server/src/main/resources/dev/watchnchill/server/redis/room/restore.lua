-- Restores a lost room from the newest of the copies that instances have. RestoreScript.java
-- documents keys, arguments and answer.
local room, chat, log, lost, channel = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local epoch, seq = tonumber(ARGV[1]), tonumber(ARGV[2])
local new_epoch, window = ARGV[3], tonumber(ARGV[4])
local lifetime, publish, payload = ARGV[5], ARGV[6], ARGV[7]

local now = redis.call('HMGET', room, 'epoch', 'seq')
if now[1] then
  local stored_epoch, stored_seq = tonumber(now[1]), tonumber(now[2])
  if stored_epoch > epoch or (stored_epoch == epoch and stored_seq >= seq) then
    return 2
  end
end
local last = redis.call('XREVRANGE', log, '+', '-', 'COUNT', 1)[1]
if last then
  local fields = {}
  for i = 1, #last[2], 2 do
    fields[last[2][i]] = last[2][i + 1]
  end
  if fields.x == '1' and tonumber(fields.e) >= epoch then
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
  if now[1] then
    redis.call('HSET', room, 'lost', '1')
  end
  return 1
end

-- The first write: Redis rejects it when its memory is full, but nothing after the first write.
redis.call('HSET', lost, 'epoch', ARGV[1], 'seq', ARGV[2])
redis.call('DEL', room)
write_room(room, chat, log, lost, new_epoch, ARGV[2], lifetime, 8)
redis.call(publish, channel, payload)
return 0
