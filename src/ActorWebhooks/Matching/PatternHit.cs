namespace ActorWebhooks.Matching;

/// <summary>One listener's pattern, as a number whose order is by listener, the excludes of a listener before its includes.</summary>
internal static class PatternHit
{
    public const int MaxListeners = 1 << 30;

    public static int Encode(int listener, bool isExclude) => (listener << 1) | (isExclude ? 0 : 1);

    public static int ListenerOf(int hit) => hit >> 1;

    public static bool IsExclude(int hit) => (hit & 1) == 0;
}
