using Iop.Agreements.Domain;
using Iop.Contracts.Events.Agreements;

namespace Iop.Agreements.Api;

/// <summary>What the events tell of the partnership, for overviews.</summary>
internal static class PartnershipMapping
{
    public static AgreedPartnership ToPartnership(this Agreement agreement) => new()
    {
        Contributions = [.. agreement.Terms.Contributions.Select(item => new AgreedContribution
        {
            PartyId = item.PartyId,
            Side = System.Text.Json.JsonNamingPolicy.SnakeCaseUpper.ConvertName($"{agreement.Terms.PartyWith(item.PartyId)!.Side}"),
            Type = System.Text.Json.JsonNamingPolicy.SnakeCaseUpper.ConvertName($"{item.Type}"),
            Value = item.Value,
            Hours = item.Hours,
        })],
    };
}
