using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Compression;

namespace Iop.StandIns.Tests;

public sealed class PublicSurfaceTests
{
    private static readonly Assembly[] ApiAssemblies = [typeof(Metadata).Assembly, typeof(ICompressionProvider).Assembly];

    private static readonly string[] Expected = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "grpc-api.txt"));

    private static readonly string[] Actual = [.. ApiAssemblies.SelectMany(PublicSurface.Of)];

    [Fact]
    public void No_member_is_missing() => Assert.Empty(Expected.Except(Actual));

#if !OFFICIAL_PACKAGES
    [Fact]
    public void No_member_is_of_our_own_making() => Assert.Empty(Actual.Except(Expected));
#endif

    [Fact]
    public void The_assemblies_bear_the_identity_that_the_engines_ask_for()
    {
        var asked = new[] { typeof(GrpcServiceOptions).Assembly, typeof(GrpcChannel).Assembly }
            .SelectMany(engine => engine.GetReferencedAssemblies())
            .Where(name => ApiAssemblies.Any(api => api.GetName().Name == name.Name))
            .Select(name => name.FullName)
            .Distinct();

        Assert.Equal(ApiAssemblies.Select(api => api.FullName).Order(), asked.Order());
    }

    [Theory]
    [InlineData(typeof(GrpcServiceOptions))]
    [InlineData(typeof(GrpcChannel))]
    public void Every_member_that_an_engine_binds_to_is_there(Type inEngine)
    {
        using var file = new PEReader(File.OpenRead(inEngine.Assembly.Location));
        var metadata = file.GetMetadataReader();
        var tokens = metadata.MemberReferences.Where(member => IsOfApi(metadata, member)).Select(member => MetadataTokens.GetToken(member)).ToList();

        // Open generics are closed over object: what is asked is whether the member exists, not what it does.
        Type[] arguments = [.. Enumerable.Repeat(typeof(object), 8)];
        var bound = tokens.ConvertAll(token => inEngine.Module.ResolveMember(token, arguments, arguments)!);

        Assert.True(bound.Count > 20);
        Assert.All(bound, member => Assert.Contains(member.Module.Assembly, ApiAssemblies));
    }

    private static bool IsOfApi(MetadataReader metadata, MemberReferenceHandle member)
    {
        var type = metadata.GetMemberReference(member).Parent;
        if (type.Kind == HandleKind.TypeSpecification)
        {
            // The signature of a closed generic type: two bytes that say so, then the open type.
            var signature = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)type).Signature);
            if (signature.ReadByte() != (byte)SignatureTypeCode.GenericTypeInstance)
            {
                return false;
            }

            signature.ReadByte();
            type = signature.ReadTypeHandle();
        }

        while (type.Kind == HandleKind.TypeReference)
        {
            type = metadata.GetTypeReference((TypeReferenceHandle)type).ResolutionScope;
        }

        return type.Kind == HandleKind.AssemblyReference && ApiAssemblies.Any(
            api => api.GetName().Name == metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type).Name));
    }
}
