namespace Iop.Typesetting.Sealing;

/// <summary>What a seal says to those who look at it.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="Reason">Why it was put there.</param>
/// <param name="Description">What it is, for those who hear the file read.</param>
public sealed record SealText(string Name, string Reason, string Description);

/// <summary>That a file is to be sealed, with what and as of when.</summary>
internal sealed record SealOrder(Seal Seal, SealText Text, DateTimeOffset Time);
