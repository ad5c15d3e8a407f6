-- Each request as if from another reader, so that nobody asks too often.
local threads, asked = 0, 0

function setup(thread)
  threads = threads + 1
  thread:set("id", threads)
end

function request()
  asked = asked + 1
  local reader = string.format("10.%d.%d.%d", 100 * id + asked / 65536 % 100, asked / 256 % 256, asked % 256)
  return wrk.format("GET", nil, { ["Accept-Encoding"] = "br", ["X-Forwarded-For"] = reader })
end

function done(summary)
  io.write(string.format("%d answers, %d microseconds, %d refused", summary.requests, summary.duration, summary.errors.status))
end
