-- Replaces a room that still stands where it is expected to, and publishes the change. CommitScript.java
-- documents keys, arguments and answer.
local room, chat, log, lost, channel = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local epoch, before, after, nonce = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local life, log_size, log_life = ARGV[5], ARGV[6], ARGV[7]
local publish, payload, ends = ARGV[8], ARGV[9], ARGV[10] == '1'
local state, left = ARGV[11], tonumber(ARGV[12])
local put = tonumber(ARGV[13 + left])
local chat_keep = tonumber(ARGV[14 + left + 2 * put])
local first_message = 15 + left + 2 * put

local now = redis.call('HMGET', room, 'epoch', 'seq')
if now[1] ~= epoch or now[2] ~= before then
  -- Perhaps it was this very commit, and its answer was lost.
  local entry = redis.call('XRANGE', log, after .. '-0', after .. '-0')[1]
  if entry then
    local is = {}
    for i = 1, #entry[2], 2 do
      is[entry[2][i]] = entry[2][i + 1]
    end
    if is.e == epoch and is.b == before and is.n == nonce then
      return 1
    end
  end
  return 0
end
if redis.call('EXISTS', lost) == 1 then
  return -1
end

local function note(call)
  return call('XADD', log, 'MAXLEN', '~', log_size, after .. '-0',
      'e', epoch, 'b', before, 'n', nonce, 'x', ends and '1' or '0', 'p', payload)
end
local noted = note(redis.pcall)
if type(noted) == 'table' and noted.err then
  -- Redis looks whether its memory is full before the first change of a script, and not after it:
  -- when it is, this fails as the entry did, and the log stays.
  redis.call('HSET', room, 'seq', before)
  -- A log that is ahead of its room takes no older entry, and is of no use to anybody.
  redis.call('DEL', log)
  note(redis.call)
end
redis.call('PEXPIRE', log, log_life)

if ends then
  redis.call('DEL', room, chat)
else
  redis.call('HSET', room, 'seq', after, 'state', state)
  for i = 13, 12 + left do
    redis.call('HDEL', room, 'm:' .. ARGV[i])
  end
  for i = 14 + left, 12 + left + 2 * put, 2 do
    -- Who was there stays in the same place; who was not goes to the end.
    local member = 'm:' .. ARGV[i]
    local was = redis.call('HGET', room, member)
    local place = was and string.match(was, '^%d+') or redis.call('HINCRBY', room, 'places', 1)
    redis.call('HSET', room, member, place .. ' ' .. ARGV[i + 1])
  end
  redis.call('PEXPIRE', room, life)
  if chat_keep == 0 then
    redis.call('DEL', chat)
  elseif chat_keep > 0 then
    redis.call('LTRIM', chat, -chat_keep, -1)
  end
  for i = first_message, #ARGV do
    redis.call('RPUSH', chat, ARGV[i])
  end
  redis.call('PEXPIRE', chat, life)
end
redis.call(publish, channel, payload)
return 1
