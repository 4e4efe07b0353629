using System.Globalization;
using Akka.Configuration;

namespace ActorWebhooks.Hosting;

/// <summary>Reads settings and notes each that is not right, with where it came from, what was found and what is accepted.</summary>
internal sealed class SettingsReader(Config section, List<string> errors)
{
    public string Text(string key) => section.GetString(key);

    public IEnumerable<string> Texts(string key) => section.GetStringList(key);

    /// <summary>Notes that an entry of a list is not right.</summary>
    public void Refuse(string key, string found, string accepted) => errors.Add($"{Name(key)} has '{found}': accepted is {accepted}.");

    /// <returns>Null for the empty text. What is wrong with a URL is told without it, as it may hold a password.</returns>
    public Uri? ProxyUrl(string key)
    {
        var found = section.GetString(key);
        if (found.Length == 0)
            return null;
        if (Uri.TryCreate(found, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url is { PathAndQuery: "/", Port: > 0 })
            return url;
        errors.Add($"{Name(key)} is not the URL of a proxy: accepted is such as http://proxy.example.com:3128, or nothing.");
        return null;
    }

    public bool Switch(string key)
    {
        var found = section.GetString(key);
        switch (found)
        {
            case "on" or "true" or "yes":
                return true;
            case "off" or "false" or "no":
                return false;
            default:
                errors.Add($"{Name(key)} = {found}: accepted is on or off.");
                return false;
        }
    }

    public int Integer(string key, int min, int max)
    {
        var found = section.GetString(key);
        if (int.TryParse(found, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
            return value;
        errors.Add($"{Name(key)} = {found}: accepted is an integer from {Show(min)} to {Show(max)}.");
        return min;
    }

    /// <summary>The option if it is set, else the HOCON key.</summary>
    /// <returns>Null for <c>auto</c>.</returns>
    public int? IntegerOrAuto(string key, string optionName, int? option, int min, int max)
    {
        var found = option is { } set ? set.ToString(CultureInfo.InvariantCulture) : section.GetString(key);
        if (found == "auto")
            return null;
        if (int.TryParse(found, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
            return value;
        var name = option is null ? Name(key) : $"WebhooksOptions.{optionName}";
        errors.Add($"{name} = {found}: accepted is an integer from {Show(min)} to {Show(max)}{(option is null ? ", or auto" : "")}.");
        return min;
    }

    /// <summary>The option if it is set, else the HOCON key; in bytes.</summary>
    public long Size(string key, string optionName, long? option, long min, long max)
    {
        var value = option ?? ByteSize(key);
        if (value >= min && value <= max)
            return value.Value;
        var (name, found) = option is null ? (Name(key), section.GetString(key)) : ($"WebhooksOptions.{optionName}", Show(option.Value));
        var range = max == long.MaxValue ? $"{Show(min)} bytes or more" : $"{Show(min)} to {Show(max)} bytes";
        errors.Add($"{name} = {found}: accepted is a size such as 64MiB, {range}.");
        return min;
    }

    public TimeSpan Duration(string key, TimeSpan min)
    {
        try
        {
            var value = section.GetTimeSpan(key, allowInfinite: false);
            if (value >= min)
                return value;
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            // Reported below, like a duration out of range.
        }

        errors.Add($"{Name(key)} = {section.GetString(key)}: accepted is a duration of {min.TotalSeconds:0.###} s or more, such as 2m.");
        return min;
    }

    private long? ByteSize(string key)
    {
        try
        {
            return section.GetByteSize(key);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static string Name(string key) => $"{WebhooksSettings.Section}.{key}";

    private static string Show(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
