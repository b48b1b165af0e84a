using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;

namespace Iop.Organisations.Tests;

/// <summary>Every RPC as every role, in the own tenant and in a foreign one: who gets past the door, and who does not.</summary>
[Collection(Register.Name)]
public sealed class AccessMatrixTests(RegisterFixture register)
{
    private const string Readers = "case-officer lawyer decision-maker organisation-representative integration auditor";
    private const string HandersIn = "case-officer organisation-representative integration";
    private const string OfficerOrOrganisation = "case-officer organisation-representative";

    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["CreateOrganisation"] = HandersIn,
        ["GetOrganisation"] = Readers,
        ["ListOrganisations"] = Readers,
        ["BatchGetOrganisations"] = Readers,
        ["LookupOrganisation"] = Readers,
        ["UpdateOrganisation"] = OfficerOrOrganisation,
        ["RecordStatutesCheck"] = "case-officer lawyer",
        ["SuspendOrganisation"] = "case-officer lawyer",
        ["ReinstateOrganisation"] = "case-officer lawyer",
        ["CreateSigningAuthority"] = HandersIn,
        ["GetSigningAuthority"] = Readers,
        ["ListSigningAuthorities"] = Readers,
        ["EndSigningAuthority"] = OfficerOrOrganisation,
        ["UploadDocument"] = HandersIn,
        ["DownloadDocument"] = Readers,
        ["GetDocument"] = Readers,
        ["ListDocuments"] = Readers,
        ["AcceptDocument"] = "case-officer",
        ["ReturnDocument"] = "case-officer",
        ["DeclareDocumentNonexistent"] = HandersIn,
        ["SetCaseReference"] = "case-officer integration",
        ["SetConfidentialityMark"] = "case-officer lawyer",
        ["LiftConfidentialityMark"] = "case-officer lawyer",
        ["ListDocumentRequirements"] = Readers,
        ["RequestDocument"] = "case-officer",
        ["GetDocumentReminder"] = Readers,
        ["ListDocumentReminders"] = Readers,
        ["RecordExtractAttestation"] = OfficerOrOrganisation,
        ["GetExtractAttestation"] = "case-officer lawyer organisation-representative auditor",
        ["ListExtractAttestations"] = "case-officer lawyer organisation-representative auditor",
        ["ClaimRepresentation"] = "organisation-representative",
        ["ConfirmRepresentative"] = OfficerOrOrganisation,
        ["DeclineRepresentative"] = OfficerOrOrganisation,
        ["EndRepresentative"] = OfficerOrOrganisation,
        ["HandOverRepresentation"] = OfficerOrOrganisation,
        ["GetRepresentative"] = "case-officer lawyer decision-maker organisation-representative auditor",
        ["ListRepresentatives"] = "case-officer lawyer decision-maker organisation-representative auditor",
        ["RecordConditionCheck"] = "case-officer lawyer decision-maker organisation-representative",
        ["GetConditionCheck"] = Readers,
        ["ListConditionChecks"] = Readers,
        ["EvaluateVetting"] = Readers,
        ["CreateFundingDisclosure"] = HandersIn,
        ["UpdateFundingDisclosure"] = OfficerOrOrganisation,
        ["WithdrawFundingDisclosure"] = OfficerOrOrganisation,
        ["GetFundingDisclosure"] = Readers,
        ["ListFundingDisclosures"] = Readers,
        ["CheckFundingOverlap"] = Readers,
        ["SumDeMinimisAid"] = Readers,
    };

    private static readonly IReadOnlyList<MethodDescriptor> Methods =
    [
        .. new[]
        {
            OrganisationsService.Descriptor, DocumentsService.Descriptor, DocumentRequirementsService.Descriptor,
            RepresentativesService.Descriptor, VettingService.Descriptor, FundingService.Descriptor,
        }.SelectMany(service => service.Methods),
    ];

    public static TheoryData<string> Rpcs => [.. Methods.Select(method => method.Name)];

    [Fact]
    public void The_matrix_holds_every_rpc() => Assert.Equal(Methods.Select(method => method.Name).Order(), Allowed.Keys.Order());

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task Each_role_gets_as_far_as_it_may_and_nobody_into_another_tenant(string rpc)
    {
        var method = Methods.Single(candidate => candidate.Name == rpc);
        var request = RequestOf(method);
        foreach (var role in Roles.All)
        {
            var may = Allowed[rpc].Split(' ').Contains(role);

            var own = await ReasonAsync(method, request, register.As(RegisterFixture.Municipality, role));
            var foreign = await ReasonAsync(method, request, register.As("0580", role));

            Assert.True(own != "SCOPE_MISSING" == may, $"{role}: {own}");
            Assert.True(own is not ("INTERNAL" or "ACCESS_NOT_DECLARED"), $"{role}: {own}");
            Assert.True(foreign == (may ? "TENANT_NOT_ALLOWED" : "SCOPE_MISSING"), $"{role}, foreign: {foreign}");
        }
    }

    // As little as names the tenant: what is asked for does not exist, or is asked for wrongly.
    private static IMessage RequestOf(MethodDescriptor method)
    {
        var request = (IMessage)Activator.CreateInstance(method.InputType.ClrType)!;
        var organisation = $"{RegisterFixture.Here}/organisations/{Guid.CreateVersion7()}";
        foreach (var field in method.InputType.Fields.InDeclarationOrder())
        {
            if (field is { Name: "name" or "parent", FieldType: FieldType.String })
            {
                field.Accessor.SetValue(request, organisation);
            }
            else if (field is { FieldType: FieldType.Message, IsRepeated: false } && (field.Name == "header" || method.Name.StartsWith("Update", StringComparison.Ordinal)))
            {
                var part = (IMessage)Activator.CreateInstance(field.MessageType.ClrType)!;
                var name = field.MessageType.FindFieldByName("parent") ?? field.MessageType.FindFieldByName("name");
                name?.Accessor.SetValue(part, organisation);
                field.Accessor.SetValue(request, part);
            }
        }

        if (method.Name is "CreateOrganisation" or "ListOrganisations" or "BatchGetOrganisations" or "LookupOrganisation")
        {
            method.InputType.FindFieldByName("parent").Accessor.SetValue(request, RegisterFixture.Here);
        }

        return request;
    }

    private static async Task<string> ReasonAsync(MethodDescriptor method, IMessage request, CallInvoker invoker)
    {
        var type = method.IsClientStreaming ? MethodType.ClientStreaming : method.IsServerStreaming ? MethodType.ServerStreaming : MethodType.Unary;
        var call = new Method<byte[], byte[]>(type, method.Service.FullName, method.Name, Bytes, Bytes);
        try
        {
            switch (type)
            {
                case MethodType.ClientStreaming:
                    using (var upload = invoker.AsyncClientStreamingCall(call, null, default))
                    {
                        await upload.RequestStream.WriteAsync(request.ToByteArray());
                        await upload.ResponseAsync;
                    }

                    break;
                case MethodType.ServerStreaming:
                    using (var download = invoker.AsyncServerStreamingCall(call, null, default, request.ToByteArray()))
                    {
                        await download.ResponseStream.MoveNext(CancellationToken.None);
                    }

                    break;
                default:
                    await invoker.AsyncUnaryCall(call, null, default, request.ToByteArray());
                    break;
            }

            return "";
        }
        catch (RpcException exception)
        {
            return StatusDetails.In(exception)!.Details[0].Unpack<Google.Rpc.ErrorInfo>().Type;
        }
    }

    private static Marshaller<byte[]> Bytes => Marshallers.Create(bytes => bytes, bytes => bytes);
}
