using ActorWebhooks.Cluster.Configuration;
using ActorWebhooks.Cluster.Entities;
using ActorWebhooks.Cluster.Hop;
using ActorWebhooks.Cluster.Membership;
using Akka.Actor;
using Akka.Serialization;

namespace ActorWebhooks.Cluster.Wire;

/// <summary>Writes and reads everything that nodes say to each other.</summary>
/// <remarks>
/// Nodes of two versions have to understand each other. A message may grow at its end only, and so may what stands in it as a block: a
/// reader takes what it knows and leaves what is behind it. New kinds of anything, and new numbers of enumerations, are sent only by versions
/// later than the first that reads them. <see cref="Bundle"/> alone is read exactly: another form of it needs another manifest. Whatever
/// cannot be read is an <see cref="InvalidDataException"/>.
/// </remarks>
internal sealed class WireSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const string BundleManifest = "b";
    private const string ProgressManifest = "p";
    private const string WakeManifest = "w";
    private const string AwakeManifest = "a";
    private const string CommandManifest = "c";
    private const string AnswerManifest = "r";
    private const string ConfigurationManifest = "h";
    private const string LeaseRequestManifest = "t";
    private const string LeaseGrantManifest = "g";
    private const string StoppingManifest = "s";
    private const string SettledManifest = "e";
    private const string StepAsideManifest = "l";

    /// <summary>Stands beside each message.</summary>
    public override int Identifier => 1_742_302;

    public override string Manifest(object o) => o switch
    {
        Bundle => BundleManifest,
        Progress => ProgressManifest,
        WakeWebhook => WakeManifest,
        WebhookAwake => AwakeManifest,
        CommandForWebhook => CommandManifest,
        CommandAnswer => AnswerManifest,
        ConfigurationReport => ConfigurationManifest,
        LeaseRequest => LeaseRequestManifest,
        LeaseGrant => LeaseGrantManifest,
        NodeStopping => StoppingManifest,
        NodeSettled => SettledManifest,
        StepAside => StepAsideManifest,
        _ => throw DoesNotCross(o),
    };

    public override byte[] ToBinary(object obj)
    {
        // The bulk of what crosses: made as it is sent.
        if (obj is Bundle bundle)
            return bundle.Bytes;
        var to = new WireWriter();
        switch (obj)
        {
            case Progress progress:
                ProgressCodec.Write(to, progress);
                break;
            case WakeWebhook wake:
                to.Text(wake.WebhookId);
                break;
            case WebhookAwake awake:
                to.Text(awake.WebhookId);
                break;
            case CommandForWebhook command:
                CommandCodec.Write(to, command);
                break;
            case CommandAnswer answer:
                AnswerCodec.Write(to, answer);
                break;
            case ConfigurationReport report:
                ConfigurationCodec.Write(to, report);
                break;
            case LeaseRequest request:
                to.Long(request.Round);
                to.Number(request.Uid);
                break;
            case LeaseGrant grant:
                to.Long(grant.Round);
                break;
            case NodeStopping or NodeSettled:
                break;
            case StepAside aside:
                to.Text(aside.Other);
                break;
            default:
                throw DoesNotCross(obj);
        }

        return to.ToArray();
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        var from = new WireReader(bytes);
        return manifest switch
        {
            BundleManifest => Bundle.Parse(bytes),
            ProgressManifest => ProgressCodec.Read(from),
            WakeManifest => new WakeWebhook(from.Text()),
            AwakeManifest => new WebhookAwake(from.Text()),
            CommandManifest => CommandCodec.Read(from),
            AnswerManifest => AnswerCodec.Read(from),
            ConfigurationManifest => ConfigurationCodec.Read(from),
            LeaseRequestManifest => new LeaseRequest(from.Long(), from.Int()),
            LeaseGrantManifest => new LeaseGrant(from.Long()),
            StoppingManifest => NodeStopping.Instance,
            SettledManifest => NodeSettled.Instance,
            StepAsideManifest => new StepAside(from.Text()),
            _ => throw new InvalidDataException($"No message has the manifest '{manifest}'; its sender may be of a later version."),
        };
    }

    /// <summary>A message that must not be sent. Akka drops it, and would drop the connection too if it were not this type of exception.</summary>
    public static ArgumentException DoesNotCross(object o) => new($"{o.GetType()} does not go from node to node.", nameof(o));
}
