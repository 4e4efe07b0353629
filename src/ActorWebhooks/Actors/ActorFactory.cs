using Akka.Actor;

namespace ActorWebhooks.Actors;

/// <summary>Props from a plain delegate. The expressions that <see cref="Akka.Actor.Props"/> takes are slow to make by the thousand.</summary>
internal sealed class ActorFactory : IIndirectActorProducer
{
    private readonly Func<ActorBase> _create;

    private ActorFactory(Type actorType, Func<ActorBase> create)
    {
        ActorType = actorType;
        _create = create;
    }

    public Type ActorType { get; }

    public static Props Props<TActor>(Func<TActor> create)
        where TActor : ActorBase => Akka.Actor.Props.CreateBy(new ActorFactory(typeof(TActor), create));

    public ActorBase Produce() => _create();

    public void Release(ActorBase actor)
    {
    }
}
