using System.Globalization;
using Iop.Organisations.Domain;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;
using MissingRowOf = Iop.Organisations.V1.MissingTableRow.Types.Table;

namespace Iop.Organisations.Api;

/// <summary>Funding and what it amounts to, from the domain to the contract.</summary>
internal static class FundingMapping
{
    public static V1.FundingDisclosure ToProto(this FundingDisclosure disclosure)
    {
        var message = ToProto(disclosure.Terms, disclosure.Name, disclosure.Municipality);
        message.State = (V1.FundingDisclosure.Types.State)disclosure.State;
        message.WithdrawalReason = disclosure.WithdrawalReason;
        message.RecordedBy = disclosure.OfMunicipality ? Types.V1.PartySide.Public : Types.V1.PartySide.CivilSociety;
        message.CreateTime = disclosure.CreateTime.ToProto();
        message.UpdateTime = disclosure.UpdateTime.ToProto();
        message.Etag = disclosure.Etag;
        return message;
    }

    public static V1.SharedFunding ToProto(this FundingShare share)
    {
        var message = ToProto(share.Terms, share.Name, share.Source);
        message.State = V1.FundingDisclosure.Types.State.Disclosed;
        message.UpdateTime = share.ShareTime.ToProto();
        return new V1.SharedFunding { Municipality = ResourceName.OfMunicipality(share.Source), FundingDisclosure = message, ValidUntil = share.ValidUntil.ToProto() };
    }

    public static V1.FundingConsent ToProto(this FundingConsent consent, DateOnly today) => new()
    {
        Name = consent.Name,
        Recipient = ResourceName.OfMunicipality(consent.Recipient),
        ValidUntil = consent.ValidUntil.ToProto(),
        State = (V1.FundingConsent.Types.State)consent.StateOn(today),
        CreateTime = consent.CreateTime.ToProto(),
        UpdateTime = consent.UpdateTime.ToProto(),
        Etag = consent.Etag,
    };

    private static V1.FundingDisclosure ToProto(FundingTerms terms, string name, string municipality)
    {
        var message = new V1.FundingDisclosure
        {
            Name = name,
            Giver = terms.Giver,
            GiverKind = (V1.GiverKind)terms.GiverKind,
            Form = (V1.FundingForm)terms.Form,
            Amount = terms.Amount.ToProto(),
            InKindValue = terms.InKindValue.ToProto(),
            InKindValuation = terms.InKindValuation,
            PeriodStartDate = terms.PeriodStart.ToProto(),
            PeriodEndDate = terms.PeriodEnd.ToProto(),
            Cost = terms.Cost,
            AidKind = (V1.AidKind)terms.AidKind,
            GrantedDate = terms.GrantedDate.ToProto(),
            Agreement = terms.Agreement is { } agreement ? AgreementNames.Of(municipality, agreement) : "",
        };
        if (terms.SameCostAsPartnership is { } same)
        {
            message.SameCostAsPartnership = same;
        }

        return message;
    }

    public static V1.FundingOverlap ToProto(FundingOverlap overlap, string organisation, string? otherName = null)
    {
        var message = new V1.FundingOverlap
        {
            FundingDisclosure = NameOf(overlap.Disclosure, organisation),
            OtherFundingDisclosure = otherName ?? (overlap.Other is { } other ? NameOf(other, organisation) : ""),
            OverlapStartDate = overlap.Start.ToProto(),
            OverlapEndDate = overlap.End.ToProto(),
            Cause = (V1.FundingOverlap.Types.Cause)overlap.Cause,
            Explanation = ExplanationOf(overlap),
            CumulatesAid = overlap.CumulatesAid,
        };
        if (overlap.Planned is { } place)
        {
            message.PlannedIndex = place;
        }

        return message;
    }

    private static Types.V1.LocalizedText ExplanationOf(FundingOverlap overlap)
    {
        var text = Explanations.Of($"overlap.{overlap.Cause.ToUpperSnake()}", ("from", Text(overlap.Start)), ("to", Text(overlap.End)));
        if (overlap.CumulatesAid)
        {
            var more = Explanations.Of("overlap.CUMULATES_AID");
            (text.Sv, text.En) = ($"{text.Sv} {more.Sv}", $"{text.En} {more.En}");
        }

        return text;
    }

    public static V1.SumDeMinimisAidResponse ToProto(AidSum sum, AidLinks links, string municipality, IReadOnlyList<string> keys) => new()
    {
        Result = (V1.SumDeMinimisAidResponse.Types.Result)sum.Result,
        WindowStartDate = sum.Window.Start.ToProto(),
        WindowEndDate = sum.Window.End.ToProto(),
        Ceilings = { sum.Ceilings.Select(ToProto) },
        Counted = { sum.Counted.Select(counted => ToProto(counted, municipality)) },
        Missing = { sum.Missing.Select(ToProto) },
        Explanation = Explanations.Of($"aid.{sum.Result.ToUpperSnake()}", ("until", Text(sum.Window.End)),
            ("days", string.Join(", ", sum.Missing.Select(row => row.Date).Distinct().Order().Select(Text)))),
        Organisations = { keys.Select(key => OrganisationName.Of(municipality, key)) },
        Linked = { links.Linked.Select(link => ToProto(link, municipality)) },
        PossibleDuplicates = { links.PossibleDuplicates.Select(link => ToProto(link, municipality)) },
    };

    public static V1.GrantedAid ToProto(this GrantedAid aid) => new()
    {
        Name = aid.Name,
        Agreement = AgreementNames.Of(aid.Municipality, aid.Agreement),
        Grants = { aid.Grants.Select(ToProto) },
        CountedValue = aid.Counted.Sum(grant => grant.Value).ToProto(),
        State = (V1.GrantedAid.Types.State)aid.State,
        EndDate = aid.End?.LastDay.ToProto(),
        SettlementReason = aid.Settlement?.Reason ?? "",
        SettleTime = aid.Settlement?.Time.ToProto(),
        CreateTime = aid.CreateTime.ToProto(),
        UpdateTime = aid.UpdateTime.ToProto(),
        Etag = aid.Etag,
    };

    private static V1.AidGrant ToProto(AidGrant grant) => new()
    {
        Version = grant.Version,
        AidKind = (V1.AidKind)grant.Kind,
        Value = grant.Value.ToProto(),
        GrantedDate = grant.GrantedDate.ToProto(),
    };

    private static V1.LinkedAid ToProto(AidLink link, string municipality) => new()
    {
        FundingDisclosure = NameOf(link.Disclosure, OrganisationName.Of(municipality, link.Organisation)),
        GrantedAid = link.Agreement is { } agreement ? OrganisationName.OfChild(municipality, link.Organisation, OrganisationName.GrantedAids, agreement) : "",
    };

    private static V1.AidCeilingFinding ToProto(CeilingFinding finding) => new()
    {
        AidKind = (V1.AidKind)finding.Ceiling.Kind,
        CeilingEurCents = finding.Ceiling.Eur * 100,
        GrantedEurCents = finding.GrantedEurCents,
        ExtraEurCents = finding.ExtraEurCents,
        RemainingEurCents = finding.RemainingEurCents,
        Source = finding.Ceiling.Source,
    };

    private static V1.CountedAid ToProto(CountedAid counted, string municipality) => new()
    {
        FundingDisclosure = counted.Aid.Disclosure is { } id ? NameOf(id, OrganisationName.Of(municipality, counted.Aid.Organisation)) : "",
        GrantedAid = counted.Aid.Agreement is { } agreement ? OrganisationName.OfChild(municipality, counted.Aid.Organisation, OrganisationName.GrantedAids, agreement) : "",
        GrantedDate = counted.Aid.GrantedDate.ToProto(),
        AidKind = (V1.AidKind)counted.Aid.Kind,
        Value = counted.Aid.Value.ToProto(),
        EurCents = counted.EurCents,
        SekPerEur = counted.Rate?.SekPerEur.ToString(CultureInfo.InvariantCulture) ?? "",
        RateSource = counted.Rate?.Source ?? "",
    };

    private static V1.MissingTableRow ToProto(MissingRow missing) => new()
    {
        Table = missing.IsRate ? MissingRowOf.ExchangeRates : MissingRowOf.Ceilings,
        Date = missing.Date.ToProto(),
        ExpiredDate = missing.ExpiredDate.ToProto(),
    };

    private static string NameOf(Guid id, string organisation) => $"{organisation}/{OrganisationName.FundingDisclosures}/{id}";

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
