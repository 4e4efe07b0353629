using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ActorWebhooks.Configuration;

namespace ActorWebhooks.Cluster.Configuration;

/// <summary>One number for all that webhooks are configured with, the same on every node that has the same configuration.</summary>
internal static class ConfigurationHash
{
    private static readonly WebhookDefinition Defaults = new() { Id = "", Url = new Uri("about:blank"), Events = [] };

    public static ulong Of(IEnumerable<WebhookDefinition> definitions)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var definition in definitions.OrderBy(definition => definition.Id, StringComparer.Ordinal))
            Add(hash, definition);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, WebhookDefinition definition)
    {
        Add(hash, definition.Id);
        Add(hash, definition.Url.AbsoluteUri);
        Add(hash, definition.Events.Select(pattern => pattern.Text));
        Add(hash, definition.Timeout);
        Add(hash, definition.Throttle);
        Add(hash, definition.SignatureKeys.Select(key => Convert.ToHexString(key.Text)));
        Add(hash, definition.SignatureScheme);
        Add(hash, definition.Headers.Select(header => $"{header.Name}: {header.Value}"));
        Add(hash, definition.Authorization?.HeaderValue);
        Add(hash, definition.AllowInvalidCerts);
        Add(hash, definition.Lossy);
        Add(hash, definition.Enable);
        Add(hash, definition.DiscardAfter);
        Add(hash, definition.Batch.MaxEvents);
        Add(hash, definition.Batch.MaxBytes);
        Add(hash, definition.Retry.Initial);
        Add(hash, definition.Retry.Max);

        // Versions that do not know a key say the same as long as it is not used.
        if (definition.Rate is { } rate)
            Add(hash, $"rate {rate}");
        if (definition.PoisonAttempts != Defaults.PoisonAttempts)
            Add(hash, $"poison after {definition.PoisonAttempts}");
        if (definition.ConflictIsDelivered)
            Add(hash, "conflict is delivered");
        if (definition.HttpVersion != Defaults.HttpVersion)
            Add(hash, $"http version {definition.HttpVersion}");
    }

    private static void Add(IncrementalHash hash, IEnumerable<string> texts)
    {
        foreach (var text in texts)
            Add(hash, text);
        Add(hash, "end of list");
    }

    private static void Add(IncrementalHash hash, object? value)
    {
        var text = Encoding.UTF8.GetBytes(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        hash.AppendData(length);
        hash.AppendData(text);
    }
}
