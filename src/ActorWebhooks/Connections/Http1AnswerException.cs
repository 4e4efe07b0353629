namespace ActorWebhooks.Connections;

/// <summary>An endpoint that was addressed in HTTP/2 has answered in HTTP/1.1.</summary>
internal sealed class Http1AnswerException() : IOException("It answered in HTTP/1.1.");
