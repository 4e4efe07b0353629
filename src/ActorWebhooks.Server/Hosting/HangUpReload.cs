using System.Runtime.InteropServices;
using ActorWebhooks.Server.Api;
using Akka.Actor;

namespace ActorWebhooks.Server.Hosting;

/// <summary>
/// SIGHUP has the webhook file read again, as with most servers, and does not end the process. One that comes before the node has started is
/// obeyed when it has.
/// </summary>
internal sealed partial class HangUpReload : IDisposable
{
    private readonly Lock _lock = new();
    private readonly PosixSignalRegistration? _registration;
    private (IActorRef Router, ILogger Logger)? _node;
    private bool _isAwaited;

    // On Windows it means that the console is being closed.
    public HangUpReload() => _registration = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal);

    public void Attach(IActorRef router, ILogger logger)
    {
        lock (_lock)
        {
            _node = (router, logger);
            if (_isAwaited)
                _ = ReloadAsync(router, logger);
        }
    }

    public void Dispose() => _registration?.Dispose();

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        lock (_lock)
        {
            if (_node is var (router, logger))
                _ = ReloadAsync(router, logger);
            else
                _isAwaited = true;
        }
    }

    private static async Task ReloadAsync(IActorRef router, ILogger logger)
    {
        try
        {
            var reloaded = await router.Ask<WebhooksReloaded>(ReloadWebhooks.Instance, ReloadEndpoint.Patience);
            if (reloaded.Errors.Count > 0)
                LogRefused(logger, reloaded.Errors.Count, reloaded.Errors[0]);
            else
                LogReloaded(logger, reloaded.Added.Count, reloaded.Removed.Count, reloaded.Changed.Count);
        }
        catch (AskTimeoutException)
        {
            LogSilence(logger, ReloadEndpoint.Patience.TotalSeconds);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "SIGHUP: the webhook file was read again: {Added} webhooks added, {Removed} removed, {Changed} changed")]
    private static partial void LogReloaded(ILogger logger, int added, int removed, int changed);

    [LoggerMessage(Level = LogLevel.Error, Message = "SIGHUP: nothing was changed, and the webhooks run as before. Errors: {Count}, the first: {Error}")]
    private static partial void LogRefused(ILogger logger, int count, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "SIGHUP: the webhook file was not read within {Seconds} s; it may be in force later all the same")]
    private static partial void LogSilence(ILogger logger, double seconds);
}
