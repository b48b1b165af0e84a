namespace Iop.Agreements.Api;

/// <summary>
/// Marks a call that only the municipality that the agreement lives with can make. One that has joined is told so:
/// <c>LEAD_MUNICIPALITY_ONLY</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LeadOnlyAttribute : Attribute;
