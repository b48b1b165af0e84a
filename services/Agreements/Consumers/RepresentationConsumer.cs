using Iop.Platform.Identity;
using Iop.Platform.Messaging;

namespace Iop.Agreements.Consumers;

/// <summary>Someone's representation of an organisation has begun or ended.</summary>
public sealed class RepresentationConsumer(ConsumerTools tools) : RepresentationFollower(tools);
