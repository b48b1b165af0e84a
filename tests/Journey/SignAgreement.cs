using Iop.Agreements.V1;
using Iop.Types.V1;

namespace Iop.Journey;

/// <summary>All who must sign do, each as themselves.</summary>
public sealed class SignAgreement(Stage stage)
{
    public async Task<Agreement> RunAsync(Agreement agreement, CancellationToken cancellation)
    {
        agreement = await OpenAsync(agreement, cancellation);
        while (Next(agreement) is { } next)
        {
            agreement = await SignAsync(agreement, next, cancellation);
        }

        stage.Tell("agreement signed", $"{agreement.State}");
        return agreement;
    }

    /// <summary>Opens the agreed text for signatures.</summary>
    public async Task<Agreement> OpenAsync(Agreement agreement, CancellationToken cancellation)
    {
        var opened = await stage.People.Officer.Agreements.StartSigningAsync(
            new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag, RequestId = Stage.NewRequestId() }, cancellationToken: cancellation);
        stage.Tell("signing started", string.Join(", ", opened.RequiredSignatures.Select(required => $"{required.PartyId} {required.RequiredCount}")));
        return opened;
    }

    /// <summary>The next person whose signature is needed, or null when there is none.</summary>
    public static Signatory? Next(Agreement agreement) =>
        agreement.RequiredSignatures.Where(required => !required.Fulfilled).SelectMany(required => required.Signatories)
            .FirstOrDefault(person => !agreement.Signatures.Any(given => !given.Voided && given.PartyId == person.PartyId && given.PersonRef == person.PersonRef));

    /// <summary>Signs as one person.</summary>
    public async Task<Agreement> SignAsync(Agreement agreement, Signatory person, CancellationToken cancellation)
    {
        var party = agreement.Parties.First(party => party.PartyId == person.PartyId);

        // The person's reference ends with the municipality, which the tokens add.
        var reference = person.PersonRef[..^(stage.Municipality.Length + 1)];
        var signatory = party.Side == PartySide.Public ? stage.People.PublicSignatory(reference) : stage.People.Representative(reference, party.Organisation);
        return await signatory.Agreements.SignAgreementAsync(
            new SignAgreementRequest
            {
                Name = agreement.Name,
                PartyId = party.PartyId,
                TextHash = agreement.TextHash,
                Etag = agreement.Etag,
                RequestId = Stage.NewRequestId(),
            },
            cancellationToken: cancellation);
    }
}
