using ActorWebhooks.Server.Commands;

return await CommandLine.RunAsync(args, new Surroundings(Console.In, Console.Out, Console.Error));
