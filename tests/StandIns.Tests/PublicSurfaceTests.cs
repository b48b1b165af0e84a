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
        var tokens = file.GetMetadataReader().MemberReferences.Select(handle => MetadataTokens.GetToken(handle)).ToList();

        // Open generics are closed over object: what is asked is whether the member exists, not what it does.
        Type[] arguments = [.. Enumerable.Repeat(typeof(object), 8)];
        var bound = tokens.ConvertAll(token => inEngine.Module.ResolveMember(token, arguments, arguments)!);

        Assert.True(bound.Count(member => ApiAssemblies.Contains(member.Module.Assembly)) > 20);
    }
}
