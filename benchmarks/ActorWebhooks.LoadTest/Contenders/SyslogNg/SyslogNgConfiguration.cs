using System.Globalization;

namespace ActorWebhooks.LoadTest.Contenders.SyslogNg;

/// <summary>The fastest configuration of syslog-ng that was found for this way of an event.</summary>
/// <remarks>
/// What counts is that the socket passes no credentials: otherwise syslog-ng adds what it knows of the sender to every event, and takes
/// twice the CPU time. Windows, fetch limits and threads made no difference.
/// </remarks>
internal static class SyslogNgConfiguration
{
    /// <summary>Events that are read and not yet delivered; then the socket is not read any more.</summary>
    private const int Window = 100_000;

    private const long DiskBytes = 2L * 1024 * 1024 * 1024;
    private const long DiskCacheBytes = 128 * 1024 * 1024;

    public static string Of(SyslogNgFolder folder, Target target, bool isDurable)
    {
        var buffer = isDurable
            ? Format($"disk-buffer(reliable(yes) disk-buf-size({DiskBytes}) mem-buf-size({DiskCacheBytes}) dir(\"{folder.Path}\"))")
            : Format($"log-fifo-size({Window})");
        return Format($$"""
            @version: 3.35
            options {
              threaded(yes); use-uniqid(no); use-dns(no); dns-cache(no); keep-hostname(yes); chain-hostnames(no);
              stats-freq(0); mark-freq(0); log-msg-size(1048576);
            };
            source s_events {
              unix-stream(
                "{{folder.EventSocket}}" flags(no-parse, ignore-aux-data) so-passcred(no)
                max-connections(1) log-iw-size({{Window}}) log-fetch-limit(1000)
              );
            };
            destination d_receiver {
              http(
                url("{{target.Url}}") method("POST") headers("Content-Type: application/json", "Expect:")
                body("$MSG") body-prefix('{"events":[') delimiter(",") body-suffix(']}')
                batch-lines({{target.BatchEvents}}) batch-bytes({{target.BatchBytes}})
                batch-timeout({{(long)target.Throttle.TotalMilliseconds}}) workers(1) {{buffer}}
              );
            };
            log { source(s_events); destination(d_receiver); flags(flow-control); };
            """);
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
