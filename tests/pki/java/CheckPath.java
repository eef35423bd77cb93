import java.io.FileInputStream;
import java.io.InputStream;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;

/** java CheckPath.java CA CERTIFICATE LIST INSTANT: says VALID, or the reason why not. */
public class CheckPath {
    public static void main(String[] arguments) throws Exception {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        X509Certificate ca = (X509Certificate) factory.generateCertificate(open(arguments[0]));
        X509Certificate subscriber = (X509Certificate) factory.generateCertificate(open(arguments[1]));
        X509CRL list = (X509CRL) factory.generateCRL(open(arguments[2]));
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(ca, null)));
        parameters.setDate(Date.from(Instant.parse(arguments[3])));
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.of(list))));
        CertPath path = factory.generateCertPath(List.of(subscriber));
        try {
            CertPathValidator.getInstance("PKIX").validate(path, parameters);
            System.out.println("VALID");
        } catch (CertPathValidatorException refused) {
            System.out.println(refused.getReason());
        }
    }

    private static InputStream open(String path) throws Exception {
        return new FileInputStream(path);
    }
}
