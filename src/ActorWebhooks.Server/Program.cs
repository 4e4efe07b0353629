using ActorWebhooks.Server.Commands;
using ActorWebhooks.Server.Hosting;

return await (FewHandles.Are()
    ? AssembliesInMemory.RunAsync(typeof(CommandLine), nameof(CommandLine.RunInConsoleAsync), args)
    : CommandLine.RunInConsoleAsync(args));
