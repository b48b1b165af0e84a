namespace Iop.Agreements.Api;

/// <summary>
/// Marks a call, or all of a service, that a municipality makes about its own copy, be it the lead or one that has joined: what it
/// writes stands in the caller's own tenant, so it is never run again in the lead's. What it reads there it reads through
/// <see cref="OwnCopies"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class OwnTenantOnlyAttribute : Attribute;
