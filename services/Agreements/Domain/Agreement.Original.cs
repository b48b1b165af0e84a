namespace Iop.Agreements.Domain;

public sealed partial class Agreement
{
    /// <summary>Whether it is, or was, in force. A draft that all have signed is not: its text is that of the agreement that it changes.</summary>
    public bool HasBeenInForce => ActivateTime is not null && Amends is null;
}
