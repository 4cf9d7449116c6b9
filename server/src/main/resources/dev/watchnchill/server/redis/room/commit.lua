-- Replaces a room that is still at the expected revision, and publishes the change. CommitScript.java
-- documents keys, arguments and answer.
local room, chat, log, lost, channel = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local texts = KEYS[6]
local epoch, before, after, nonce = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local lifetime, log_size, log_lifetime, period = ARGV[5], ARGV[6], ARGV[7], ARGV[8]
local publish, payload, ends = ARGV[9], ARGV[10], ARGV[11] == '1'
local state, removed = ARGV[12], tonumber(ARGV[13])
local first_field = 15 + removed
local first_member = first_field + 2 * tonumber(ARGV[14 + removed]) + 1
local removed_texts = first_member + 2 * tonumber(ARGV[first_member - 1])
local first_text = removed_texts + tonumber(ARGV[removed_texts]) + 2
local chat_at = first_text + 2 * tonumber(ARGV[first_text - 1])
local chat_keep = tonumber(ARGV[chat_at])
local first_changed = chat_at + 2
local first_message = first_changed + 2 * tonumber(ARGV[chat_at + 1])

local now = redis.call('HMGET', room, 'epoch', 'seq', 'lost', 'period')
if now[1] ~= epoch or now[2] ~= before then
  -- It may have been this very commit, whose answer was lost.
  local entry = redis.call('XRANGE', log, after .. '-0', after .. '-0')[1]
  if entry then
    local fields = {}
    for i = 1, #entry[2], 2 do
      fields[entry[2][i]] = entry[2][i + 1]
    end
    if fields.e == epoch and fields.b == before and fields.n == nonce then
      return 1
    end
  end
  return 0
end
if now[3] and redis.call('EXISTS', lost) == 1 then
  return -1
end
-- Once in each period the keys get a new time to live, which is longer by a period.
local renew = now[4] ~= period

local function append_to_log(call)
  return call('XADD', log, 'MAXLEN', '~', log_size, after .. '-0',
      'e', epoch, 'b', before, 'n', nonce, 'x', ends and '1' or '0', 'p', payload)
end
local appended = append_to_log(redis.pcall)
if type(appended) == 'table' and appended.err then
  -- Redis checks for full memory before the first write of a script, and not after it. If it is
  -- full, this write fails as the entry did, and the log stays.
  redis.call('HSET', room, 'seq', before)
  -- A log that is ahead of its room accepts no older entry, and is of no use.
  redis.call('DEL', log)
  append_to_log(redis.call)
  redis.call('PEXPIRE', log, log_lifetime)
end
if renew or ends then
  redis.call('PEXPIRE', log, log_lifetime)
end

if ends then
  redis.call('DEL', room, chat, texts)
else
  if renew then
    redis.call('HSET', room, 'seq', after, 'state', state, 'period', period)
    redis.call('PEXPIRE', room, lifetime)
  else
    redis.call('HSET', room, 'seq', after, 'state', state)
  end
  -- In parts: Lua passes no more than about 8000 arguments.
  for i = 14, 13 + removed, 1000 do
    redis.call('HDEL', room, unpack(ARGV, i, math.min(i + 999, 13 + removed)))
  end
  for i = first_field, first_member - 2, 1000 do
    redis.call('HSET', room, unpack(ARGV, i, math.min(i + 999, first_member - 2)))
  end
  for i = first_member, removed_texts - 1, 2 do
    -- A changed member keeps its place; a new one goes to the end.
    local member = 'm:' .. ARGV[i]
    local was = redis.call('HGET', room, member)
    local place = was and string.match(was, '^%d+') or redis.call('HINCRBY', room, 'places', 1)
    redis.call('HSET', room, member, place .. ' ' .. ARGV[i + 1])
  end
  for i = removed_texts + 1, first_text - 2 do
    redis.call('HDEL', texts, ARGV[i])
  end
  for i = first_text, chat_at - 1, 2 do
    redis.call('HSET', texts, ARGV[i], ARGV[i + 1])
  end
  if renew or first_text < chat_at then
    redis.call('PEXPIRE', texts, lifetime)
  end
  if chat_keep == 0 then
    redis.call('DEL', chat)
  elseif chat_keep > 0 then
    redis.call('LTRIM', chat, -chat_keep, -1)
  end
  for i = first_changed, first_message - 2, 2 do
    -- Without LSET, which an access list of an older release does not allow. The list is shorter than
    -- the room's log when its key was lost.
    local place = tonumber(ARGV[i])
    local tail = redis.call('LRANGE', chat, place, -1)
    if #tail == -place then
      redis.call('LTRIM', chat, 0, place - 1)
      tail[1] = ARGV[i + 1]
      for _, message in ipairs(tail) do
        redis.call('RPUSH', chat, message)
      end
    end
  end
  for i = first_message, #ARGV do
    redis.call('RPUSH', chat, ARGV[i])
  end
  if renew or chat_keep >= 0 then
    redis.call('PEXPIRE', chat, lifetime)
  end
end
redis.call(publish, channel, payload)
return 1
