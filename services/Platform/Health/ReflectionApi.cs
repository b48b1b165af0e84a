using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using Iop.Platform.Identity;

namespace Iop.Platform.Health;

/// <summary><c>grpc.reflection.v1</c>: lets general tools discover the contracts. Tells descriptors only, no data.</summary>
[OpenToAnyone]
internal sealed class ReflectionApi(ServedContracts served) : ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream, IServerStreamWriter<ServerReflectionResponse> responseStream, ServerCallContext context)
    {
        var files = served.Files();
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            await responseStream.WriteAsync(Answer(requestStream.Current, files), context.CancellationToken);
        }
    }

    private ServerReflectionResponse Answer(ServerReflectionRequest request, IReadOnlyCollection<FileDescriptor> files)
    {
        var response = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case ServerReflectionRequest.MessageRequestOneofCase.ListServices:
                response.ListServicesResponse = new ListServiceResponse();
                response.ListServicesResponse.Service.AddRange(served.Names.Select(name => new ServiceResponse { Name = name }));
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileByFilename when files.FirstOrDefault(file => file.Name == request.FileByFilename) is { } file:
                response.FileDescriptorResponse = WithDependencies(file);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol when FileOf(request.FileContainingSymbol, files) is { } file:
                response.FileDescriptorResponse = WithDependencies(file);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType:
                response.AllExtensionNumbersResponse = new ExtensionNumberResponse { BaseTypeName = request.AllExtensionNumbersOfType };
                break;
            default:
                response.ErrorResponse = new ErrorResponse { ErrorCode = (int)StatusCode.NotFound, ErrorMessage = "Not found" };
                break;
        }

        return response;
    }

    private static FileDescriptorResponse WithDependencies(FileDescriptor file)
    {
        var response = new FileDescriptorResponse();
        response.FileDescriptorProto.AddRange(ServedContracts.WithDependencies(file).Select(next => next.SerializedData));
        return response;
    }

    private static FileDescriptor? FileOf(string symbol, IReadOnlyCollection<FileDescriptor> files) =>
        files.FirstOrDefault(file =>
            file.Services.Any(service => symbol == service.FullName || service.Methods.Any(method => symbol == method.FullName))
            || file.MessageTypes.Any(message => symbol == message.FullName || symbol.StartsWith($"{message.FullName}.", StringComparison.Ordinal))
            || file.EnumTypes.Any(type => symbol == type.FullName));
}
