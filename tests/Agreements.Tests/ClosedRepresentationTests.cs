using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using static Iop.Agreements.Tests.AgreementsFixture;

namespace Iop.Agreements.Tests;

/// <summary>The token opens, the register closes: at once, and here as in the register. See decision 0009.</summary>
[Collection(Running.Name)]
public sealed class ClosedRepresentationTests(AgreementsFixture service)
{
    [Fact]
    public async Task One_whose_representation_has_ended_neither_reads_nor_signs_whatever_the_token_says()
    {
        var (agreed, organisation) = await service.TextAgreedAsync();
        var agreement = await service.Officer.StartSigningAsync(new StartSigningRequest { Name = agreed.Name, Etag = agreed.Etag });
        var leaving = service.Representative(organisation);

        await service.TellAsync(organisation, Anna, closed: true, sequence: 3);

        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => leaving.GetAgreementAsync(new GetAgreementRequest { Name = agreement.Name }).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => SignAsync(leaving, agreement, "forening"));
        Assert.Empty((await leaving.ListAgreementsAsync(new ListAgreementsRequest { Parent = Here })).Agreements);
        agreement = await SignAsync(service.Representative(organisation, Bo), agreement, "forening");
        await service.TellAsync(organisation, Anna, closed: false, sequence: 4);
        Assert.Equal(2, (await SignAsync(leaving, agreement, "forening")).Signatures.Count);
    }

    [Theory]
    [InlineData(Roles.GuidelineOwner)]
    [InlineData(Roles.Lawyer)]
    public async Task One_who_works_for_the_municipality_too_acts_no_longer_for_what_is_closed(string role)
    {
        var (agreement, organisation) = await service.TextAgreedAsync();
        agreement = await service.Officer.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag });
        var leaving = new AgreementsService.AgreementsServiceClient(service.With(service.Issuer.Token(new DevIssuer.TokenClaims
        {
            Municipality = "1285",
            Roles = [role, Roles.OrganisationRepresentative],
            Subject = Anna,
            Name = "Anna Andersson",
            AssuranceLevel = "loa3",
            Organisations = [organisation],
        })));

        await service.TellAsync(organisation, Anna, closed: true, sequence: 3);

        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => SignAsync(leaving, agreement, "forening"));
        await service.TellAsync(organisation, Anna, closed: false, sequence: 4);
        Assert.Single((await SignAsync(leaving, agreement, "forening")).Signatures);
    }
}
