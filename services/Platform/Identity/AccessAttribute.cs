namespace Iop.Platform.Identity;

/// <summary>
/// Says beside an RPC's implementation who may call it. An RPC without it is refused at run time and fails a test.
/// </summary>
/// <param name="roles">Roles of <see cref="Roles"/>; one of them is enough.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AccessAttribute(params string[] roles) : Attribute
{
    /// <summary>The roles, one of which is enough.</summary>
    public IReadOnlyList<string> Roles { get; } = roles;
}

/// <summary>Opens a whole gRPC service to anyone, without tenant or token: health and reflection only.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenToAnyoneAttribute : Attribute;
