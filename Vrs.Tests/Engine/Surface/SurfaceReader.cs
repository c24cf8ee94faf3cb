using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Vrs.Tests.Engine.Surface;

/// <summary>
/// Reads the public types of an assembly as text, from metadata alone: the assemblies it refers to need not be there.
/// </summary>
internal static class SurfaceReader
{
    /// <summary>The public types in Orleans namespaces, by full name.</summary>
    public static SortedDictionary<string, SurfaceType> Read(string path)
    {
        using var stream = File.OpenRead(path);
        using var file = new PEReader(stream);
        var metadata = file.GetMetadataReader();
        var types = new SortedDictionary<string, SurfaceType>(StringComparer.Ordinal);
        foreach (var handle in metadata.TypeDefinitions)
        {
            var type = metadata.GetTypeDefinition(handle);
            var space = metadata.GetString(type.Namespace);
            var isOurs = space == "Orleans" || space.StartsWith("Orleans.", StringComparison.Ordinal);
            if (isOurs && (type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public)
            {
                types.Add($"{space}.{metadata.GetString(type.Name)}", Describe(metadata, type));
            }
        }

        return types;
    }

    private static SurfaceType Describe(MetadataReader metadata, TypeDefinition type)
    {
        var names = new SignatureText();
        var scope = new GenericNames(NamesOf(metadata, type.GetGenericParameters()), []);
        var interfaces = type.GetInterfaceImplementations()
            .Select(handle => names.Of(metadata, metadata.GetInterfaceImplementation(handle).Interface, scope));
        var methods = type.GetMethods().Select(metadata.GetMethodDefinition)
            .Where(method => IsVisible(method.Attributes))
            .Select(method => DescribeMethod(metadata, method, scope));
        var constants = type.GetFields().Select(metadata.GetFieldDefinition)
            .Where(field => field.Attributes.HasFlag(FieldAttributes.Literal | FieldAttributes.Public))
            .Select(field => DescribeConstant(metadata, field));
        return new SurfaceType(
            type.Attributes & (TypeAttributes.Interface | TypeAttributes.Abstract | TypeAttributes.Sealed),
            names.Of(metadata, type.BaseType, scope),
            [.. interfaces],
            [.. methods, .. constants]);
    }

    private static string DescribeMethod(MetadataReader metadata, MethodDefinition method, GenericNames scope)
    {
        var inner = scope with { Method = NamesOf(metadata, method.GetGenericParameters()) };
        var signature = method.DecodeSignature(new SignatureText(), inner);
        var parameters = method.GetParameters().Select(metadata.GetParameter)
            .Where(parameter => parameter.SequenceNumber > 0)
            .OrderBy(parameter => parameter.SequenceNumber)
            .Zip(signature.ParameterTypes, (parameter, text) => $"{text} {metadata.GetString(parameter.Name)}");
        var generic = inner.Method.Length == 0 ? "" : $"<{string.Join(", ", inner.Method)}>";
        var kind = method.Attributes.HasFlag(MethodAttributes.Static) ? "static " : "";
        var isPublic = (method.Attributes & MethodAttributes.MemberAccessMask) == MethodAttributes.Public;
        var access = isPublic ? "public" : "protected";
        var name = metadata.GetString(method.Name);
        return $"{access} {kind}{signature.ReturnType} {name}{generic}({string.Join(", ", parameters)})";
    }

    private static string DescribeConstant(MetadataReader metadata, FieldDefinition field)
    {
        var constant = metadata.GetConstant(field.GetDefaultValue());
        var value = metadata.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode);
        return $"const {metadata.GetString(field.Name)} = {value}";
    }

    private static bool IsVisible(MethodAttributes attributes) =>
        (attributes & MethodAttributes.MemberAccessMask)
            is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private static ImmutableArray<string> NamesOf(MetadataReader metadata, GenericParameterHandleCollection handles) =>
        [.. handles.Select(handle => metadata.GetString(metadata.GetGenericParameter(handle).Name))];
}

/// <summary>One public type as text.</summary>
/// <param name="Kind">Interface, abstract, sealed.</param>
/// <param name="Base">Its base type.</param>
/// <param name="Interfaces">The interfaces it names.</param>
/// <param name="Members">Its visible methods (accessors and constructors included) and constants.</param>
internal sealed record SurfaceType(
    TypeAttributes Kind, string Base, ImmutableArray<string> Interfaces, ImmutableArray<string> Members);

/// <summary>Names of the generic parameters in scope.</summary>
internal sealed record GenericNames(ImmutableArray<string> Type, ImmutableArray<string> Method);
