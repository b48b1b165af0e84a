using Google.Protobuf.Collections;
using Grpc.Core;
using Iop.Agreements.Domain;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;

namespace Iop.Agreements.Api;

/// <summary>Signatures on paper and signatures given elsewhere, attested by two.</summary>
public sealed partial class AgreementsApi
{
    // Nobody who signed before it is a party to anything that is taken in here.
    private const int FirstYear = 1900;

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Agreement> RecordPaperSignature(V1.RecordPaperSignatureRequest request, ServerCallContext context)
    {
        var evidence = EvidenceIn(SignatureMethod.Paper, "", request.Signatures, 20, request.TextHash, request.Sha256);
        var (agreement, actor) = await desk.OpenAsync(request.Name, AgreementDesk.Writers, context.CancellationToken);
        var party = AgreementDesk.MustActFor(agreement, actor, request.PartyId);
        agreement.MustMatch(request.Etag);
        MustBeSignedHere(agreement);
        var document = await files.EvidenceAsync(agreement, request.Document, request.Sha256, mayNotBeBroken: false, context.CancellationToken);
        agreement.RecordEvidence(evidence with { Document = document.Name }, request.TextHash, WordOf(actor, party), time.Today());
        await desk.SaveAsync(agreement, actor, context.CancellationToken, onBehalfOf: party.PartyId);
        return agreement.ToProto();
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Agreement> ImportSignedAgreement(V1.ImportSignedAgreementRequest request, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        var faults = new Faults();
        var provider = faults.Text("provider", request.Provider, 100, required: true);
        faults.ThrowIfAny();
        var evidence = EvidenceIn(SignatureMethod.Imported, provider, request.Signatures, 100, request.TextHash, request.Sha256);
        var (agreement, actor) = await desk.OpenAsync(request.Name, AgreementDesk.Writers, cancellation);
        var party = AgreementDesk.MustActFor(agreement, actor, request.PartyId);
        agreement.MustMatch(request.Etag);
        await MustBeAsStrongAsync(agreement, evidence, cancellation);
        var document = await files.EvidenceAsync(agreement, request.Document, request.Sha256, mayNotBeBroken: true, cancellation);
        if (agreement.State == AgreementState.TextAgreed)
        {
            await OpenRoundAsync(agreement, new SigningPlan(time.Now(), time.Today(), time.Today().AddDays(SigningPlan.DefaultDays), SigningPlan.DefaultReminderDays), cancellation);
        }

        agreement.RecordEvidence(evidence.On(document.Name, document.IsSignedAndIntact), request.TextHash, WordOf(actor, party), time.Today());
        await desk.SaveAsync(agreement, actor, cancellation, onBehalfOf: party.PartyId);
        return agreement.ToProto();
    }

    [Access(Roles.CaseOfficer, Roles.OrganisationRepresentative)]
    public override async Task<V1.Agreement> AttestSigningEvidence(V1.AttestSigningEvidenceRequest request, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        var (agreement, actor) = await desk.OpenAsync(request.Name, AgreementDesk.Writers, cancellation);
        var party = AgreementDesk.MustActFor(agreement, actor, request.PartyId);
        agreement.MustMatch(request.Etag);
        HashSet<EvidencedSignature> authorised = [];
        foreach (var signature in agreement.MustAwaitAttestation(request.Number).Signatures)
        {
            if (await MaySignAsync(agreement, signature.PartyId, signature.PersonRef, cancellation))
            {
                authorised.Add(signature);
            }
        }

        var (rules, before) = (await packs.StrictestAsync(agreement, cancellation), agreement.Round);
        var isSigned = agreement.Attest(request.Number, WordOf(actor, party), authorised.Contains, rules.Signing.MinimumFor(agreement.SignedDocument), time.Now());
        if (isSigned)
        {
            await aidRoom.MustSufficeAsync(agreement, cancellation);
        }

        await SaveSignatureAsync(agreement, isSigned, actor, party.PartyId, before, cancellation);
        return agreement.ToProto();
    }

    private Attestation WordOf(Actor actor, Party party) => new(actor.PersonRef, actor.DisplayName, party.PartyId, time.Now());

    private async Task MustBeAsStrongAsync(Agreement agreement, SigningEvidence evidence, CancellationToken cancellation)
    {
        var minimum = agreement.HeldTo((await packs.StrictestAsync(agreement, cancellation)).Signing.MinimumFor(agreement.SignedDocument));
        for (var i = 0; i < evidence.Signatures.Count; i++)
        {
            minimum.MustBeAsStrong($"signatures[{i}].signature_class", evidence.Signatures[i].Class);
        }
    }

    private SigningEvidence EvidenceIn(SignatureMethod method, string provider, RepeatedField<V1.EvidencedSignature> signatures, int limit, string textHash, string sha256)
    {
        var faults = new Faults();
        faults.Require(signatures.Count > 0, "signatures", "FIELD_REQUIRED");
        faults.Require(signatures.Count <= limit, "signatures", "LIST_TOO_LONG", ("limit", $"{limit}"));
        faults.Require(IsHash(textHash), "text_hash", "TEXT_HASH_INVALID");
        faults.Require(IsHash(sha256), "sha256", "TEXT_HASH_INVALID");
        List<EvidencedSignature> read = [.. signatures.Select((signature, i) => SignatureIn(method, provider, signature, $"signatures[{i}]", faults))];
        faults.Require(read.DistinctBy(signature => (signature.PartyId, signature.PersonRef)).Count() == read.Count, "signatures", "DUPLICATE_VALUE");
        faults.ThrowIfAny();
        return new SigningEvidence(0, 0, method, read, sha256) { Provider = provider };
    }

    private EvidencedSignature SignatureIn(SignatureMethod method, string provider, V1.EvidencedSignature signature, string field, Faults faults)
    {
        var elsewhere = method == SignatureMethod.Imported;
        if (elsewhere)
        {
            faults.Choice($"{field}.signature_class", signature.SignatureClass);
            faults.MustNotHaveFailed($"{field}.validation", signature.Validation, signature.SignatureClass, time.GetUtcNow());
        }
        else
        {
            faults.Require(signature.SignatureClass == Types.V1.SignatureClass.Unspecified, $"{field}.signature_class", "FIELD_NOT_ALLOWED");
            faults.Require(signature.Validation is null, $"{field}.validation", "FIELD_NOT_ALLOWED");
        }

        var signed = faults.Date($"{field}.sign_date", signature.SignDate, required: true);
        faults.Require(signed is null || signed.Value.Year >= FirstYear, $"{field}.sign_date", "DATE_INVALID");
        return new EvidencedSignature(
            faults.Text($"{field}.party_id", signature.PartyId, 40, required: true),
            faults.Text($"{field}.person_ref", signature.PersonRef, 200, required: true),
            signed ?? default,
            faults.Text($"{field}.assurance_level", signature.AssuranceLevel, 100, required: elsewhere))
        {
            Class = (SignatureClass)signature.SignatureClass,
            Validation = elsewhere ? signature.Validation.ToDomain(provider) : null,
        };
    }

    internal static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    private static void MustBeSignedHere(Agreement agreement)
    {
        if (agreement.Round is { Provider.Length: > 0 } round)
        {
            throw Refusal.Precondition("SIGNED_ELSEWHERE", agreement.Name, ("provider", round.Provider));
        }
    }
}
