using ActorWebhooks.Server.Commands;

return await Cli.InvokeAsync(args, Console.In, Console.Out, Console.Error);
