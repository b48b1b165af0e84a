using Iop.Platform.Messaging;
using Iop.Sight;

namespace Iop.FollowUp.Consumers;

/// <summary>Someone's representation of an organisation has begun or ended.</summary>
public sealed class RepresentationConsumer(ConsumerTools tools) : RepresentationFollower(tools);
