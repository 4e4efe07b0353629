namespace ActorWebhooks.Connections;

/// <summary>
/// One attempt, as its connection knows it. It goes with the request through the HTTP client, so that a connection knows whose request it
/// carries, and that nobody needs it when that attempt is over.
/// </summary>
internal sealed class AttemptScope
{
    public static readonly HttpRequestOptionsKey<AttemptScope> Key = new("ActorWebhooks.Attempt");

    private static readonly AsyncLocal<AttemptScope?> Ambient = new();

    private int _status;

    /// <summary>The attempt that the running code belongs to.</summary>
    public static AttemptScope? Current => Ambient.Value;

    /// <summary>What follows belongs to this attempt; to none if it is null.</summary>
    public static void Enter(AttemptScope? scope) => Ambient.Value = scope;

    /// <summary>Guarded by <see cref="OpenConnections"/>, as is <see cref="Connection"/>.</summary>
    public bool IsOver { get; set; }

    /// <summary>The one connection that is not to be closed because of this attempt.</summary>
    public ConnectionHandle? Connection { get; set; }

    /// <summary>The status that came over its connection, even if nothing else of the answer can be read; zero as long as none has come.</summary>
    public int Status => Volatile.Read(ref _status);

    /// <summary>What came as <c>Retry-After</c> with it.</summary>
    public string? RetryAfter { get; private set; }

    /// <summary>Whether the endpoint answered in HTTP/2.</summary>
    public bool IsHttp2 { get; private set; }

    /// <summary>Whether its request goes over a connection in HTTP/1.1.</summary>
    public bool IsHttp1 { get; set; }

    /// <summary>Whether the endpoint answered before it had taken the whole request, and the rest was not sent.</summary>
    public bool IsCutOff { get; set; }

    public void Saw(AnswerHead head)
    {
        (RetryAfter, IsHttp2) = (head.RetryAfter, head.IsHttp2);
        Volatile.Write(ref _status, head.Status);
    }

    public static AttemptScope Begin(HttpRequestMessage request)
    {
        var scope = new AttemptScope();
        request.Options.Set(Key, scope);
        Enter(scope);
        return scope;
    }
}
