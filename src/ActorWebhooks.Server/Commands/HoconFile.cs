using System.Text;
using System.Text.RegularExpressions;
using ActorWebhooks.Configuration.Files;
using ActorWebhooks.Hosting;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Intake;
using Akka.Configuration;

namespace ActorWebhooks.Server.Commands;

/// <summary>The file of <c>--hocon</c>.</summary>
internal static partial class HoconFile
{
    private const int MaxBytes = 1024 * 1024;

    /// <exception cref="RefusedException">It cannot be read.</exception>
    public static Config Read(string file)
    {
        try
        {
            if (!RegularFile.TryRead(file, MaxBytes, out var content))
                throw new RefusedException($"{file} is larger than {MaxBytes / 1024} KiB; accepted: a file with settings.");
            using var reader = new StreamReader(content, Encoding.UTF8);
            return ConfigurationFactory.ParseString(reader.ReadToEnd());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"{file} cannot be read: {e.Message}");
        }
        catch (Exception e) when (IsHoconFault(e))
        {
            throw NotHocon(file, e);
        }
    }

    /// <summary>The settings that follow from it.</summary>
    /// <exception cref="RefusedException">A line for each that is not right.</exception>
    public static (WebhooksSettings Webhooks, IntakeLimits Intake) Settle(string? file, Config hocon)
    {
        var errors = new List<string>();
        try
        {
            var config = hocon.WithFallback(IntakeLimits.Reference()).WithFallback(Webhooks.ReferenceConfig());
            var intake = IntakeLimits.Create(config, errors);
            var webhooks = Settle(config, errors);
            return webhooks is not null && errors.Count == 0
                ? (webhooks, intake)
                : throw new RefusedException([.. errors.Select(error => $"{file}: {error}")]);
        }
        catch (Exception e) when (IsHoconFault(e))
        {
            throw NotHocon(file, e);
        }
    }

    // What the parser says quotes the line, which may hold a password.
    private static RefusedException NotHocon(string? file, Exception e) => new(
        LineNumber().Match(e.Message) is { Success: true } line
            ? $"{file}:{line.Groups[1].Value}: this is not HOCON. The line is not shown, as it may hold a password."
            : $"{file} is not HOCON. What is wrong is not shown, as it may hold a password: look for a brace or a quote that is not closed.");

    [GeneratedRegex(@"\bline:? (\d+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LineNumber();

    private static WebhooksSettings? Settle(Config config, List<string> errors)
    {
        try
        {
            var file = config.GetString("actor-webhooks.config-file");
            return WebhooksSettings.Create(config, string.IsNullOrWhiteSpace(file) ? new() { ConfigText = "" } : new());
        }
        catch (WebhookConfigurationException e)
        {
            errors.AddRange(e.Errors);
            return null;
        }
    }

    private static bool IsHoconFault(Exception e) => e is FormatException
        || e.GetType().Namespace?.StartsWith("Akka.Configuration", StringComparison.Ordinal) == true;
}
