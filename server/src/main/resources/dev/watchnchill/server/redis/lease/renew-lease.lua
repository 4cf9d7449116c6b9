-- Renews an instance's lease, reads the others' and assigns the dead. RenewLeaseScript.java documents
-- keys, arguments and answer.
local leases, seen, dying = KEYS[1], KEYS[2], KEYS[3]
local me, lease, claim, scope = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)

local mine = redis.call('ZSCORE', leases, me)
local present = 0
if mine and tonumber(mine) > now and redis.call('HEXISTS', dying, me) == 0 then
  present = 1
end
-- Under the empty name: the last renewal of any instance.
local last = tonumber(redis.call('HGET', seen, '') or now)
redis.call('ZADD', leases, now + lease, me)
redis.call('HSET', seen, me, now, '', now)
redis.call('HDEL', dying, me)

-- No instance could renew for a while, or the clock was set: that says nothing about any instance, so
-- each gets a whole lease to come back, except those that have released theirs.
local paused = now - last > lease / 2 or last - now > 100
local all = redis.call('ZRANGE', leases, 0, -1, 'WITHSCORES')
for i = 1, #all, 2 do
  if paused and tonumber(all[i + 1]) > 0 then
    redis.call('ZADD', leases, now + lease, all[i])
    all[i + 1] = now + lease
  end
end

-- Takeovers in progress stay with this instance; those that it has failed with go to others.
local in_progress, avoided = {}, {}
for i = 5, #ARGV do
  local sign, id = string.sub(ARGV[i], 1, 1), string.sub(ARGV[i], 2)
  if sign == '-' then
    avoided[id] = true
  elseif redis.call('HGET', dying, id) == me then
    redis.call('ZADD', leases, now + claim, id)
    in_progress[id] = true
  end
end

local alive, gone, claimed = {}, {}, {}
for i = 1, #all, 2 do
  local id, ends = all[i], tonumber(all[i + 1])
  if id ~= me then
    local wanted = scope == 'all' or (scope == 'given-back' and ends == 0)
    if wanted and ends <= now and not in_progress[id] and not avoided[id] then
      redis.call('ZADD', leases, now + claim, id)
      redis.call('HSET', dying, id, me)
      table.insert(claimed, id)
      table.insert(claimed, math.max(0, now - tonumber(redis.call('HGET', seen, id) or now)))
    end
    if ends == 0 or redis.call('HEXISTS', dying, id) == 1 then
      table.insert(gone, id)
    elseif ends > now then
      table.insert(alive, id)
    end
  end
end
return { present, alive, gone, claimed }
